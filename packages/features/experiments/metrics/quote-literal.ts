/** A quoted literal instead of a parameter: the statement is stored with its receipt, to be read and run again. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
