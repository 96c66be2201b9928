import { z } from 'zod';
import { criticalList } from '../tables/policy.ts';
import { cite } from './cite.ts';
import { listsView } from './lists-view.ts';
import { list, minerals } from './parameters.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion, type Note } from './question.ts';
import { registerSource } from './register-source.ts';
import { checkKnown, namesOf } from './resolve.ts';

const columns: AnswerColumn[] = [
  { name: 'list', unit: '', about: 'id of the list' },
  { name: 'jurisdiction', unit: '', about: 'who publishes it' },
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'status', unit: '', about: 'critical = member; watchlist, assessed_not_critical, removed are not' },
  { name: 'member', unit: '', about: 'whether it counts as on the list' },
  { name: 'lists', unit: '', about: 'on how many of the lists in the register it is a member' },
  { name: 'year', unit: '', about: 'year of publication' },
  { name: 'name_as_listed', unit: '', about: 'the list’s own name for it' },
  { name: 'list_name', unit: '', about: 'name of the list' },
  { name: 'confidence', unit: '', about: 'high, medium, low: how surely it is a member' },
  { name: 'source', unit: '', about: 'document' },
  { name: 'url', unit: '', about: 'its address' },
  { name: 'note', unit: '', about: 'what to beware of' },
];

export const listsQuestion = defineQuestion({
  name: 'lists',
  asks: 'Who calls which mineral critical?',
  about:
    'The published lists of critical minerals: members, watch lists, what was removed, with the document and how sure it is. Materials are matched by id, so a list that names a group and one that names its members do not match.',
  params: z.object({
    list,
    mineral: minerals,
    country: z.array(z.string()).optional().describe('publishers: ISO3 code, name, EUU or NATO'),
  }),
  example: 'headwater lists --mineral gallium',
  async answer(params, world) {
    const names = await namesOf(world);
    const wanted = names.minerals(params.mineral);
    const all = await world.load(criticalList);
    checkKnown(
      'list',
      params.list === undefined ? undefined : [params.list],
      new Set(all.map((r) => r.list)),
    );
    const publishers = new Set(all.flatMap((r) => r.jurisdiction ?? []));
    const from = params.country
      ?.filter((c) => c.toLowerCase() !== 'all')
      .map((c) => (publishers.has(c.toUpperCase()) ? c.toUpperCase() : names.party(c).id));
    const memberships = new Map<string, number>();
    for (const r of all)
      if (r.status === 'critical') memberships.set(r.mineral, (memberships.get(r.mineral) ?? 0) + 1);
    const isAsked = (r: (typeof all)[number]) =>
      (params.list === undefined || r.list === params.list) &&
      (!from?.length || (r.jurisdiction !== null && from.includes(r.jurisdiction)));
    const rows = all
      .filter((r) => isAsked(r) && (!wanted || wanted.includes(r.mineral)))
      .map(
        (r): AnswerRow => ({
          ...r,
          member: r.status === 'critical',
          lists: memberships.get(r.mineral) ?? 0,
        }),
      );
    const within = [...new Set(all.filter(isAsked).map((r) => r.list))];
    const notes: Note[] = [];
    const unsure = rows.flatMap((r, k) => (r.confidence !== null && r.confidence !== 'high' ? [k] : []));
    if (unsure.length)
      notes.push({
        code: 'confidence',
        text: 'not read in the list itself, but in reports of it or inferred',
        rows: unsure,
      });
    if (!rows.length) notes.push({ code: 'nothing', text: 'on no list in the register' });
    const used = rows.length ? [registerSource(world, 'critical_list', 'critical_lists')] : [];
    return {
      rows,
      columns,
      notes,
      sources: await cite(world, used),
      view: listsView(rows, { lists: within, minerals: wanted }),
    };
  },
});
