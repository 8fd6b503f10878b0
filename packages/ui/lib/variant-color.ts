const coloursBesideControl = 12;

/**
 * The colour of a variant by its place in the experiment, on every page the same: place 0 is control and grey, the others
 * take the twelve colours in order, and begin again after the twelfth.
 */
export function variantColor(index: number): string {
  const slot = index <= 0 ? 0 : ((index - 1) % coloursBesideControl) + 1;
  return `var(--variant-${slot})`;
}

/**
 * How opaque the band of an interval is, in the colour of its variant: the least at which each of them is seen on the page
 * in both themes. tokens.test.ts measures it.
 */
export const bandOpacity = 0.4;
