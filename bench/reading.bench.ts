import { buildGazetteer } from '../src/reading/gazetteer.ts';
import { readClaims } from '../src/reading/read-claims.ts';

/** One megabyte of sentences of which most make a claim, against the limit of 3 s of processor time, beside
 * one pattern of all first words of names over the same text in the same run, so that a slow machine shows as such.
 *
 *   npm run bench reading
 */
const limit = 3;
const gazetteer = buildGazetteer([], []);
const article =
  'About three quarters of the world’s cobalt is mined in the Democratic Republic of Congo, but 80% of it is refined in China. ' +
  'Belgium supplied 99% of the UK’s imports of copper cathode in 2024. Prices rose 12% in March, and a guinea pig ate the turkey dinner. ' +
  'Kazakhstan ranks among the top producers of titanium; it is also a top-ten exporter of zinc.\n\n';
const text = article.repeat(Math.ceil(1_000_000 / article.length));

const seconds = (run: () => void): number => {
  const begin = process.cpuUsage();
  run();
  return process.cpuUsage(begin).user / 1e6;
};
let claims = 0;
const ours = seconds(() => {
  claims = readClaims(gazetteer, text).length;
});
// the plain way to find names: one pattern of them all
const names = [...gazetteer.trie.next.keys()].map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
let found = 0;
const theirs = seconds(() => {
  found = text.match(new RegExp(`\\b(?:${names.join('|')})\\b`, 'giu'))?.length ?? 0;
});
process.stdout.write(
  `1 MB, ${claims} claims: ${ours.toFixed(2)} s (limit ${limit} s); one pattern of ${names.length} names finds ${found} in ${theirs.toFixed(2)} s: ${(ours / theirs).toFixed(1)} times that\n`,
);
process.exit(ours < limit ? 0 : 1);
