// run by itself, to be killed: builds the invented snapshot from the folders and edition on its command line
import { inventedSnapshot } from './invented-snapshot.ts';

const [raw, out, reference, edition] = process.argv.slice(2) as [string, string, string, string];
await inventedSnapshot({ raw, out, reference, edition: Number(edition) });
