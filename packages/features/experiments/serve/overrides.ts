import type { Override } from "../utils/decide";

export type Overrides = Readonly<Record<string, Override>>;

/** Own keys only: a slug may be called `constructor`. */
export function overrideOf(overrides: Overrides, slug: string): Override | null {
  return (Object.hasOwn(overrides, slug) && overrides[slug]) || null;
}
