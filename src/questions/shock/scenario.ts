import { z } from 'zod';
import chinaBan from '../../../reference/scenarios/china-gallium-germanium-antimony-ban.json' with {
  type: 'json',
};
import chinaLicences from '../../../reference/scenarios/china-rare-earth-licences.json' with { type: 'json' };
import congoQuota from '../../../reference/scenarios/congo-cobalt-quota.json' with { type: 'json' };
import congoSuspension from '../../../reference/scenarios/congo-cobalt-suspension.json' with { type: 'json' };
import indonesiaNickel from '../../../reference/scenarios/indonesia-nickel-ore-ban.json' with {
  type: 'json',
};
import kazakhUranium from '../../../reference/scenarios/kazakhstan-uranium-stop.json' with { type: 'json' };
import middleCorridor from '../../../reference/scenarios/middle-corridor-closed.json' with { type: 'json' };

const country = z.string().describe('ISO3 code or name');
const share = z.number().min(0).max(1);
const timed = {
  mineral: z.string().optional().describe('mineral struck; every one asked about when left out'),
  stage: z.string().optional().describe('stage struck; every one when left out'),
  start: z.number().int().min(1).optional().describe('first month, 1 = the first of the run'),
  months: z.number().int().min(1).optional().describe('months it lasts; to the end when left out'),
};
const some = z.array(country).min(1).optional();

/** A scenario file: shocks as data, with where they are from. */
export const scenario = z
  .strictObject({
    name: z.string().optional(),
    title: z.string().optional(),
    about: z.string().optional(),
    sources: z
      .array(z.strictObject({ title: z.string(), url: z.string().optional(), date: z.string().optional() }))
      .optional(),
    shocks: z
      .array(
        z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('production_loss'), country, severity: share, ...timed }),
          z.strictObject({
            kind: z.literal('export_ban'),
            country,
            to: some,
            severity: share.optional(),
            ...timed,
          }),
          z.strictObject({ kind: z.literal('export_quota'), country, share, ...timed }),
          z.strictObject({
            kind: z.literal('licence_delay'),
            country,
            to: some,
            delay: z.number().int().min(1),
            refused: share.optional(),
            ...timed,
          }),
          z.strictObject({
            kind: z.literal('corridor_closed'),
            pairs: z
              .array(z.tuple([country, country]))
              .min(1)
              .optional(),
            /** beside pairs: every seller of `from` to every buyer of `to` */
            from: some,
            to: some,
            severity: share.optional(),
            detour: z.number().int().min(1).optional(),
            ...timed,
          }),
          z.strictObject({ kind: z.literal('tariff'), country, by: some, rate: z.number().min(0), ...timed }),
        ]),
      )
      .min(1),
  })
  .describe('shocks as data: a JSON file, or the name of a shipped scenario');
export type Scenario = z.infer<typeof scenario>;

/** The scenarios that are shipped, by name. */
export const scenarios: Readonly<Record<string, unknown>> = Object.fromEntries(
  [chinaBan, chinaLicences, congoSuspension, congoQuota, indonesiaNickel, middleCorridor, kazakhUranium].map(
    (s) => [s.name, s],
  ),
);
