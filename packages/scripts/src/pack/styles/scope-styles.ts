import postcss, { type AtRule, type ChildNode, type Container, type Root, type Rule } from "postcss";
import { holdsTokens, ROOT, scopeSelector } from "./scope-selector";

/** Of the host's rules for elements nothing is left; pictures keep what their attributes say. */
const FRESH = `
${ROOT}, ${ROOT} :where(*:not(svg, svg *, img, canvas, iframe, video)), ${ROOT} :where(*)::before, ${ROOT} :where(*)::after { all: revert }
${ROOT} :where(svg, svg *) { color: inherit; font: inherit; letter-spacing: inherit }
${ROOT} :where(svg.lucide) { fill: none; stroke: currentColor }
${ROOT} { --xp-rem: var(--experiments-rem, 16px) }
`;

/** What a host's page hands down: its letters are taken, and nothing of how it sets them. */
const HANDED_DOWN = `
${ROOT} {
  font-family: inherit; font-style: normal; font-weight: 400; letter-spacing: normal; word-spacing: normal;
  text-align: start; text-indent: 0; text-transform: none; text-shadow: none; white-space: normal; list-style: none;
  visibility: visible; cursor: auto
}
`;

/**
 * Makes a stylesheet of Tailwind's one that may lie beside any other: unlayered, since layers lose against whatever a
 * host writes outside of them; below our roots; and with names of its own where CSS has but one room for all.
 */
export function scopeStyles(css: string): string {
  const root = postcss.parse(css);
  unwrapLayers(root);
  scopeRules(root);
  renameKeyframes(root);
  root.walkDecls((decl) => {
    const isInitial = decl.parent?.type === "atrule" && (decl.parent as AtRule).name === "property";
    if (!isInitial) decl.value = toOwnRem(decl.value);
  });
  nameTokens(root);
  root.prepend(postcss.parse(FRESH).nodes);
  root.append(postcss.parse(HANDED_DOWN).nodes);
  root.walkComments((comment) => void (comment.text.startsWith("!") || comment.remove()));
  return root.toString().replaceAll("--tw-", "--xp-tw-");
}

type Kind = "plain" | "classes";
const kinds = new WeakMap<ChildNode, Kind>();

function unwrapLayers(root: Root): void {
  for (const node of [...root.nodes]) {
    if (node.type !== "atrule" || node.name !== "layer") continue;
    const kind: Kind = /^(utilities|components)$/.test(node.params) ? "classes" : "plain";
    markRules(node, kind);
    node.replaceWith(...(node.nodes ?? []));
  }
}

function markRules(container: Container, kind: Kind): void {
  container.walkRules((rule) => void kinds.set(rule, kind));
}

function scopeRules(root: Root): void {
  root.walkRules((rule) => {
    if (isKeyframe(rule)) return;
    // What was outside of all layers won against them: as classes do.
    const kind = kinds.get(rule) ?? "classes";
    if (!kinds.has(rule) && rule.selectors.every(holdsTokens)) tokens.add(rule);
    rule.selectors = rule.selectors.map((selector) => scopeSelector(selector, kind));
  });
}

/** Rules of tokens, which stand outside of all layers. */
const tokens = new WeakSet<ChildNode>();

function isKeyframe(rule: Rule): boolean {
  return rule.parent?.type === "atrule" && /keyframes$/.test((rule.parent as AtRule).name);
}

function renameKeyframes(root: Root): void {
  const names = new Map<string, string>();
  root.walkAtRules(/keyframes$/, (rule) => {
    names.set(rule.params, `xp-${rule.params}`);
    rule.params = `xp-${rule.params}`;
  });
  root.walkDecls(/^(?:animation|animation-name|--animate-.*)$/, (decl) => {
    decl.value = decl.value.replaceAll(/[\w-]+/g, (word) => names.get(word) ?? word);
  });
}

/** A host's root may have any size of letters: ours says how long a rem is. */
function toOwnRem(value: string): string {
  return value.replaceAll(/(?<![\w.-])(-?(?:\d+\.?\d*|\.\d+))rem\b/g, "calc($1 * var(--xp-rem))");
}

/** Each token of the root can be said otherwise by the host: `--primary` by `--experiments-primary`. */
function nameTokens(root: Root): void {
  root.walkDecls(/^--/, (decl) => {
    if (decl.parent !== undefined && root.nodes.some((node) => node === decl.parent && tokens.has(node)))
      decl.value = `var(--experiments-${decl.prop.slice(2)}, ${decl.value.trim()})`;
  });
}
