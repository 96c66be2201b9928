/** A text as a literal of SQL: for file names, which statements cannot take as parameters. */
export const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
