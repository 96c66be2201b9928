import { percent } from '../figure.ts';
import type { Names } from '../resolve.ts';
import { named } from '../wording.ts';
import type { Opening } from './opening.ts';
import type { ProjectAsked } from './project-asked.ts';
import type { Subject } from './worth-notes.ts';

export const agreementSubject = (opening: Opening, names: Names): Subject => ({
  kind: 'agreement',
  id: opening.id,
  what: `${opening.id}, if it opened ${percent(opening.part)} of what ${named([...opening.partners].map(names.countryName))} has`,
  sellers: [...opening.partners],
  caution: 'It names no tonnes: this is what it could open, not what it promises',
});

export const projectSubject = (project: ProjectAsked, names: Names): Subject => ({
  kind: 'project',
  id: project.id,
  what: `${project.name}, at its chance and for the part that can be had`,
  sellers: [...project.sellers].map(names.countryName),
  caution: 'What it costs to build is in no source, so it stands here for nothing',
});
