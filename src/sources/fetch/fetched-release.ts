import type { Raw } from '../source.ts';
import { type FetchLog, LOG } from './session.ts';

/** The release that the log in a folder names; nothing where the files came another way. */
export function fetchedRelease(raw: Raw, folder: string): { release?: string } {
  const path = `${folder}/${LOG}`;
  if (!raw.has(path)) return {};
  const { release } = JSON.parse(new TextDecoder().decode(raw.read(path))) as FetchLog;
  return release === null ? {} : { release };
}
