/** Which side of a mirrored pair of reports is taken. */
export type Side = 'importer' | 'exporter' | 'larger';

/** What both ends of a flow report, in one unit; null = that side reports nothing. */
export interface MirrorPair {
  readonly exporter: string;
  readonly importer: string;
  readonly byImporter: number | null;
  readonly byExporter: number | null;
}

/**
 * The amount of a flow by one side's report, or the other's where that side is silent; null where both are.
 * Importers usually record better, as duty depends on it; free zones and transit are where they do not.
 */
export function mirrored({ byImporter, byExporter }: MirrorPair, side: Side): number | null {
  if (byImporter === null || byExporter === null) return byImporter ?? byExporter;
  if (side === 'larger') return Math.max(byImporter, byExporter);
  return side === 'importer' ? byImporter : byExporter;
}

/**
 * Mirror discrepancy: how far the two reports of a flow lie apart, `|exp − imp| / max(exp, imp)`, 0…1.
 * Null where a side is silent; 0 where both report 0.
 */
export function mirrorDiscrepancy({ byImporter, byExporter }: MirrorPair): number | null {
  if (byImporter === null || byExporter === null) return null;
  const larger = Math.max(byImporter, byExporter);
  return larger === 0 ? 0 : Math.abs(byExporter - byImporter) / larger;
}
