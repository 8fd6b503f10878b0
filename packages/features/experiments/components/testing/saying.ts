import type { MatcherFunction } from "@testing-library/react";

/** Finds what says a text as a whole, though keys within it are elements of their own. */
export function saying(text: string | RegExp): MatcherFunction {
  const says = (element: Element | null) => {
    const said = element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
    return typeof text === "string" ? said === text : text.test(said);
  };
  return (_, element) => says(element) && ![...(element?.children ?? [])].some(says);
}
