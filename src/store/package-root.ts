import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package's own folder, found upwards from this file: the same from source and from the built files. */
export function packageRoot(): string {
  for (let dir = import.meta.dirname; ; dir = dirname(dir)) {
    const file = join(dir, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'headwater') return dir;
    if (dirname(dir) === dir) throw new Error('the package folder cannot be found');
  }
}
