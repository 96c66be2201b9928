import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../tables/nearest.ts';
import { sourceTable } from '../tables/policy.ts';
import { cite } from './cite.ts';
import { defineQuestion, type Note } from './question.ts';
import { count } from './wording.ts';

const columnsShown = [
  'source',
  'title',
  'publisher',
  'release',
  'licence',
  'citation',
  'url',
  'cadence',
  'sha256',
  'rows_read',
  'rows_kept',
] as const;

export const sourcesQuestion = defineQuestion({
  name: 'sources',
  asks: 'Whose data are these, of which release, under which licence?',
  about:
    'One row per source of the data in use: publisher, release, licence, the attribution to repeat, and the hash of what was read. Ids are those of the column source elsewhere.',
  params: z.object({
    source: z.array(z.string()).optional().describe('ids of sources; all when left out'),
  }),
  positional: ['source'],
  example: 'headwater sources',
  async answer(params, world) {
    const all = await world.load(sourceTable);
    const wanted = params.source?.filter((s) => s !== 'all');
    for (const id of wanted ?? [])
      if (!all.some((s) => s.source === id))
        throw new UsageError(
          `unknown source: "${id}"${didYouMean(
            id,
            all.map((s) => s.source),
          )}`,
        );
    const kept = wanted?.length ? all.filter((s) => wanted.includes(s.source)) : all;
    const rows = kept.map((s) => Object.fromEntries(columnsShown.map((c) => [c, s[c]])));
    const notes: Note[] = [];
    if (world.data !== 'snapshot')
      notes.push({
        code: 'own_data',
        text:
          world.data === 'own'
            ? 'the data in use are a folder of your own; only what its table source lists is named here'
            : `${world.own.size} rows of your own are laid over the snapshot and marked own`,
      });
    return {
      rows,
      columns: columnsShown.map((name) => ({ name, unit: '', about: sourceTable.columns[name].about })),
      notes,
      sources: await cite(
        world,
        kept.map((s) => s.source),
      ),
      view: {
        headline: [
          `${count(kept.length, 'source')} in data version ${world.dataVersion.slice(0, 12)}, under ${count(new Set(kept.map((s) => s.licence)).size, 'licence')}: cite the source with every figure.`,
        ],
        columns: ['source', 'release', 'licence', 'title', 'publisher'],
      },
    };
  },
});
