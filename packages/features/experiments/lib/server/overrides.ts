import type { Override } from "../../utils/decide";

export type Overrides = Readonly<Record<string, Override>>;

/** Of its own: a slug may be named like what every object has. */
export function overrideOf(overrides: Overrides, slug: string): Override | null {
  return (Object.hasOwn(overrides, slug) && overrides[slug]) || null;
}
