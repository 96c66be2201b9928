/** The command line as it is in src, for tests that start it as a program of its own. */
import { main } from '../../src/main.ts';

await main();
