/** Decimals: two below a hundred, one below a thousand, then none; of what is next to nothing the first digits. */
export function placeOf(value: number): number {
  if (value !== 0 && value < 0.1) return -1;
  return value < 100 ? 0 : value < 1_000 ? 1 : 2;
}

/** As sums are written: to the cent where cents are seen, and to the first digits of what is less than ten of them. */
export function digitsOf(value: number): Intl.NumberFormatOptions {
  if (placeOf(Math.abs(value)) < 0) return { maximumSignificantDigits: 2 };
  const digits = Math.abs(value) < 1_000 ? 2 : 0;
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}
