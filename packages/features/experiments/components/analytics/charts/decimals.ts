/** The place of a format: two decimals below a hundred, one below a thousand, then none; -1 for the first digits of what is next to nothing. */
export function choosePlace(value: number): number {
  if (value !== 0 && value < 0.1) return -1;
  return value < 100 ? 0 : value < 1_000 ? 1 : 2;
}

/** As sums are written: to the cent where cents are seen, and to the first digits of what is less than ten of them. */
export function chooseDigits(value: number): Intl.NumberFormatOptions {
  if (choosePlace(Math.abs(value)) < 0) return { maximumSignificantDigits: 2 };
  const digits = Math.abs(value) < 1_000 ? 2 : 0;
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}
