/**
 * The file that holds an answer in a static export: what was asked, made safe for a file's name, and 53 bits of a
 * hash so that two questions never share one (cyrb53 by its published constants).
 */
export function nameInSite(address: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < address.length; i++) {
    const unit = address.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  const hash = 4294967296 * (2097151 & b) + (a >>> 0);
  const words = address.replace(/[^a-z0-9]+/gi, '-').slice(0, 60);
  return `${words || 'api'}-${hash.toString(36)}`;
}
