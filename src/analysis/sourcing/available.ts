/** What is known of a supplier's room, t a year on one basis. */
export interface Room {
  /** sold to this consumer today */
  readonly current_t: number;
  /** sold to everybody else today */
  readonly toOthers_t: number;
  /** capacity beyond output; null = not known, counted as none */
  readonly spare_t: number | null;
  /** expected output of projects that have come by the year and are promised to nobody */
  readonly coming_t: number;
  /** true where its government limits exports: no more than today */
  readonly restricted: boolean;
}

/**
 * What a consumer can have of a supplier in a year: what it buys today, and a part of what others buy, of idle
 * capacity and of what is coming, `u = x0 + φ·(exports to others + spare + coming)`. The others need the rest.
 * A restricted supplier delivers no more than today.
 */
export const available = (room: Room, part: number): number =>
  room.current_t + (room.restricted ? 0 : part * (room.toOthers_t + (room.spare_t ?? 0) + room.coming_t));
