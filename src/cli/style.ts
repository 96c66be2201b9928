/** Marks for a terminal; without colour each returns its text as it is. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  /** only for what is over a limit */
  readonly warn: (text: string) => string;
  readonly accent: (text: string) => string;
}

const code = (open: number, close: number) => (text: string) =>
  text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`;
const plainText = (text: string) => text;

export const coloured: Style = {
  strong: code(1, 22),
  faint: code(2, 22),
  warn: code(33, 39),
  accent: code(36, 39),
};
export const plain: Style = { strong: plainText, faint: plainText, warn: plainText, accent: plainText };

/** Colour only on a terminal, and never where NO_COLOR is set to anything (https://no-color.org). */
export const styleFor = (isTTY: boolean, env: Readonly<Record<string, string | undefined>>): Style =>
  isTTY && !env.NO_COLOR && env.TERM !== 'dumb' ? coloured : plain;
