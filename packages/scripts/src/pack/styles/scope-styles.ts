import postcss, { type AtRule, type ChildNode, type Container, type Root, type Rule } from "postcss";
import { ROOT, scopeSelector } from "./scope-selector";

/** Of the host's rules for elements nothing is left; pictures keep what their attributes say. */
const FRESH = `
${ROOT}, ${ROOT} :where(*:not(svg, svg *, img, canvas, iframe, video)), ${ROOT} :where(*)::before, ${ROOT} :where(*)::after { all: revert }
${ROOT} :where(svg, svg *) { color: inherit; font: inherit }
${ROOT} { --xp-rem: var(--experiments-rem, 16px) }
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
    rule.selectors = rule.selectors.map((selector) => scopeSelector(selector, kind));
  });
}

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
  const roots = root.nodes.filter((node) => node.type === "rule" && !kinds.has(node));
  for (const rule of roots as Rule[])
    rule.each((decl) => {
      if (decl.type === "decl" && decl.prop.startsWith("--"))
        decl.value = `var(--experiments-${decl.prop.slice(2)}, ${decl.value})`;
    });
}
