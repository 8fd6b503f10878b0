/** Said twice, it outweighs a class of the host's; and it is the only word of ours that the host's page sees. */
export const ROOT = ".xp-root.xp-root";

/** The roots that are dark: by their own attribute, or by the page around them. */
const DARK = [
  `${ROOT}[data-xp-theme="dark"]`,
  `.dark ${ROOT}:not([data-xp-theme])`,
  `[data-theme="dark"] ${ROOT}:not([data-xp-theme])`,
].join(", ");

/** For what is drawn otherwise in the dark. */
export const DARK_VARIANT = `&:where(.xp-root[data-xp-theme="dark"] *, :is(.dark, [data-theme="dark"]) .xp-root:not([data-xp-theme]) *)`;

const PAGE = /^(?::root|:host|html|body|html:root)$/;
const PSEUDO = /(?:::[\w-]+(?:\([^)]*\))?|:(?:before|after|first-letter|first-line))$/;

/** Whether colours and lengths are named there, for all of the page. */
export function holdsTokens(selector: string): boolean {
  return selector === ".dark" || PAGE.test(selector);
}

/**
 * Makes a selector one that holds within our roots alone. What styles elements (`plain`) must yield to what styles
 * classes, whatever the order: it keeps no weight of its own.
 */
export function scopeSelector(selector: string, kind: "plain" | "classes"): string {
  if (PAGE.test(selector)) return ROOT;
  if (selector === ".dark") return DARK;
  const ofPage = /^html:has\((.+)\)$/.exec(selector);
  if (ofPage !== null) return `html:has(${ROOT} ${ofPage[1]})`;
  if (kind === "classes") return `${ROOT} ${selector}`;
  const pseudo = PSEUDO.exec(selector)?.[0] ?? "";
  const element = selector.slice(0, selector.length - pseudo.length) || "*";
  const within = `${ROOT} :where(${element})${pseudo}`;
  return element === "*" ? `${ROOT}${pseudo}, ${within}` : within;
}
