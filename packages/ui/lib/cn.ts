import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// text-dense is our 13 px size; unknown to tailwind-merge it would pass for a colour and drop the real one.
const merge = extendTailwindMerge({ extend: { theme: { text: ["dense"] } } });

/** Joins class names; of two Tailwind classes that set the same property, the later one wins. */
export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
