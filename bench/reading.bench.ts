import { buildGazetteer } from '../src/reading/gazetteer.ts';
import { readClaims } from '../src/reading/read-claims.ts';

/** One megabyte of sentences of which most make a claim, against the limit of 3 s of processor time.
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
const begin = process.cpuUsage();
const claims = readClaims(gazetteer, text).length;
const seconds = process.cpuUsage(begin).user / 1e6;
process.stdout.write(`1 MB, ${claims} claims: ${seconds.toFixed(2)} s (limit ${limit} s)\n`);
process.exit(seconds < limit ? 0 : 1);
