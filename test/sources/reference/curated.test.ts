import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/errors.ts';
import { referenceSources } from '../../../src/sources/curated.ts';
import { readTable } from '../../../src/sources/reference/read-table.ts';
import type { Raw, Reference } from '../../../src/sources/source.ts';
import { referenceFolder } from '../../../src/store/reference-folder.ts';
import {
  type Agreement,
  agreement,
  type CriticalList,
  criticalList,
  type Elasticity,
  elasticity,
  type Ownership,
  ownership,
  type Project,
  project,
  type Restriction,
  restriction,
  type Target,
  target,
} from '../../../src/tables/policy.ts';

const reference = referenceFolder(new URL('../../../reference', import.meta.url).pathname);
const raw = {} as Raw;
const byId = new Map(referenceSources.map((source) => [source.id, source]));
const rows = <R>(id: string, table: string): R[] =>
  byId
    .get(id)!
    .harvest(raw, reference)
    .tables.filter((t) => t.table.name === table)
    .flatMap((t) => t.rows) as unknown as R[];

describe('sources kept by hand', () => {
  it.each(referenceSources.map((s) => [s.id, s] as const))(
    '%s has rows, a citation, a licence',
    (_id, source) => {
      const harvest = source.harvest(raw, reference);
      expect(harvest.rowsRead).toBeGreaterThan(0);
      expect(source.citation).not.toBe('');
      expect(source.licence).not.toBe('');
      for (const { rows } of harvest.tables) expect(rows.length).toBeGreaterThan(0);
    },
  );

  it('keeps every row of a file under some source', () => {
    for (const [file, ids] of [
      ['end-use', ['iea_cm_2024', 'end_use_reported', 'end_use_orders_of_magnitude']],
      ['recycling', ['eu_crm_2023_recycling', 'jrc_green_deal_2025', 'nassar_2015', 'recycling_recalled']],
      ['elasticities', ['elasticity_priors', 'boer_2021']],
    ] as const)
      expect(ids.reduce((n, id) => n + byId.get(id)!.harvest(raw, reference).rowsRead, 0)).toBe(
        reference.csv(file).length,
      );
  });

  it('names a file, line, column and value for every problem at once', () => {
    const bad: Reference = {
      csv: (name) =>
        name === 'projects'
          ? [
              {
                project: 'a',
                country: 'GBR',
                mineral: 'litium',
                stage: 'mine',
                quantity_t: '-1',
                owner_country: 'GB',
              },
            ]
          : reference.csv(name),
    };
    expect(() => readTable(project, 'projects', bad, { owner_country: 'country' })).toThrow(DataError);
    try {
      readTable(project, 'projects', bad, { owner_country: 'country' });
    } catch (error) {
      const { problems } = error as DataError;
      expect(problems.join('\n')).toMatch(/projects\.csv line 2, column mineral.*"litium"/);
      expect(problems.join('\n')).toMatch(/projects\.csv line 2, column quantity_t: negative: "-1"/);
    }
  });
});

describe('critical lists', () => {
  const lists = rows<CriticalList>('critical_lists', criticalList.name);
  const members = (list: string) => lists.filter((r) => r.list === list && r.status === 'critical').length;
  it.each([
    ['uk-2022', 18, 'UK 2022: 18 critical minerals'],
    ['uk-2024', 34, 'UK criticality assessment 2024 (BGS OR/24/047): 34'],
    ['eu-crma-strategic', 17, 'Regulation (EU) 2024/1252, Annex I: 17'],
    ['eu-crma-critical', 34, 'Annex II: 34'],
    ['us-2022', 50, '87 FR 10381: 50'],
    ['us-2025', 60, 'USGS 2025: 60'],
    ['india-2023', 30, 'Ministry of Mines 2023: 30'],
    ['australia-2024', 31, 'Australia February 2024: 31'],
    ['canada-2024', 34, 'Canada 2024: 34'],
    ['nato-2024', 12, 'NATO December 2024: 12'],
    ['korea-2023', 10, 'Korea 2023: 10 strategic'],
  ])('%s has %i members (%s)', (list, count) => expect(members(list)).toBe(count));

  it('does not count what was only watched, assessed or removed', () => {
    const status = (mineral: string, list: string) =>
      lists.find((r) => r.mineral === mineral && r.list === list)?.status;
    expect(status('nickel', 'uk-2022')).toBe('watchlist');
    expect(status('palladium', 'uk-2024')).toBe('removed');
    expect(status('copper', 'uk-2024')).toBe('assessed_not_critical');
    expect(status('copper', 'uk-growth')).toBe('critical');
  });
});

describe('rules, agreements, restrictions', () => {
  it('has both wordings of the UK limit, and the EU limit for third countries only', () => {
    const targets = rows<Target>('policy_targets', target.name);
    const of = (id: string) => targets.find((t) => t.target === id)!;
    expect([of('uk-cap-per-mineral').scope, of('uk-cap-per-mineral').value]).toEqual(['each', 0.6]);
    expect([of('uk-cap-aggregate').scope, of('uk-cap-aggregate').value]).toEqual(['aggregate', 0.6]);
    expect([of('eu-cap').third_country_only, of('eu-cap').value, of('eu-cap').year]).toEqual([
      true,
      0.65,
      2030,
    ]);
    const lists = new Set(rows<CriticalList>('critical_lists', criticalList.name).map((r) => r.list));
    for (const t of targets) if (t.list) expect(lists).toContain(t.list);
  });

  it('has the UK–Kazakhstan roadmap of 26 February 2026, not binding', () => {
    const found = rows<Agreement>('policy_agreements', agreement.name).find(
      (a) => a.agreement === 'uk-kz-2026',
    );
    expect([found?.partner, found?.date, found?.binding]).toEqual(['KAZ', '2026-02-26', false]);
  });

  it('has the five rare earths of announcement 57 suspended until 10 November 2026, the seven of 18 not', () => {
    const all = rows<Restriction>('export_restrictions', restriction.name);
    expect(all.find((r) => r.restriction === 'cn-2025-5ree')?.suspended_until).toBe('2026-11-10');
    expect(all.find((r) => r.restriction === 'cn-2025-7ree')?.suspended_until).toBeNull();
    for (const r of all)
      if (r.suspended_from && r.suspended_until) expect(r.suspended_from < r.suspended_until).toBe(true);
  });
});

describe('owners and projects', () => {
  it('never has more than the whole of an asset', () => {
    const held = new Map<string, number>();
    for (const o of rows<Ownership>('ownership_register', ownership.name)) {
      if (o.aggregate) continue;
      const key = `${o.asset}|${o.mineral}|${o.stage}|${o.channel}`;
      held.set(key, (held.get(key) ?? 0) + (o.equity_share ?? 0));
    }
    expect(held.size).toBeGreaterThan(50);
    for (const [key, sum] of held) expect(sum, key).toBeLessThanOrEqual(1 + 1e-9);
  });

  it('gives one output for each asset, mineral and stage', () => {
    const output = new Map<string, number | null>();
    for (const o of rows<Ownership>('ownership_register', ownership.name)) {
      const key = `${o.asset}|${o.mineral}|${o.stage}`;
      if (output.has(key)) expect(o.output_t, key).toBe(output.get(key)!);
      output.set(key, o.output_t);
    }
  });

  it('converts lithium by stoichiometry: Li2CO3 73.89 holds 2 Li 6.94; LiOH·H2O 41.96 holds one', () => {
    const projects = rows<Project>('project_register', project.name);
    for (const p of projects.filter((p) => p.mineral === 'lithium' && p.quantity_t !== null)) {
      const factor = p.quantity_t! / p.published_quantity_t!;
      const expected = p.published_basis === 'LiOH·H2O' ? 6.94 / 41.96 : (2 * 6.94) / 73.89;
      expect(factor, p.project).toBeCloseTo(expected, 3);
    }
    expect(projects.find((p) => p.project === 'pt-barroso')?.quantity_t).toBeNull();
  });

  it('gives each status one chance', () => {
    const chances = new Map<string, Set<number>>();
    for (const p of rows<Project>('project_register', project.name))
      chances.set(p.status!, (chances.get(p.status!) ?? new Set()).add(p.probability!));
    for (const [status, values] of chances) expect(values.size, status).toBe(1);
  });
});

describe('elasticities', () => {
  it('has a default of each side, with the right sign everywhere', () => {
    const all = ['elasticity_priors', 'boer_2021'].flatMap((id) => rows<Elasticity>(id, elasticity.name));
    expect(all.filter((e) => e.mineral === 'all').map((e) => [e.side, e.value])).toEqual([
      ['supply', 0.3],
      ['demand', -0.2],
    ]);
    for (const e of all) expect(Math.sign(e.value!)).toBe(e.side === 'supply' ? 1 : -1);
  });
});
