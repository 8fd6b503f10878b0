import path from "node:path";
import ts from "typescript";
import { constantsOf, type Lookup, parse } from "./constants";

/** A place in the code that names an experiment. */
export interface Use {
  file: string;
  /** Both from 1. */
  line: number;
  column: number;
  /** What names it, such as `useExperiment` or `<ExperimentProvider>`. */
  call: string;
  /** Null where it is known only when the code runs. */
  slug: string | null;
}

const callsBySlug = new Set([
  "useExperiment",
  "useExperimentInView",
  "useExperimentVariant",
  "useVisitorExperiment",
  "trackExperimentConversion",
  "getExperiment",
]);
const elements: Record<string, string> = { Experiment: "slug", ExperimentProvider: "slugs" };
/** The methods of `experiments()` that take plain slugs; the others take objects with a slug. */
const methodsOfSlugs = new Set(["decideFor", "exposeFor"]);
const slugProperties = new Set(["slug", "experimentSlug", "experiment"]);

/** Reads a file's syntax, and what its constants say; nothing is run, and types are not asked. */
export function usesIn(file: string, text?: string): Use[] {
  const source = parse(file, text);
  const names = namesFromExperiments(source);
  if (names.size === 0) return [];
  const lookup = constantsOf(source);
  const uses: Use[] = [];
  const add = (call: string, expression: ts.Expression): void => {
    for (const { node, slug } of slugsIn(expression, lookup)) {
      // A constant may stand in another file: what is reported is where it is used.
      const at = node.getSourceFile() === source ? node : expression;
      const { line, character } = source.getLineAndCharacterOfPosition(at.getStart(source));
      uses.push({ file, line: line + 1, column: character + 1, call, slug });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) readCall(node, names, add);
    if (ts.isJsxOpeningLikeElement(node)) readElement(node, names, add);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

type Add = (call: string, slug: ts.Expression) => void;

function readCall(call: ts.CallExpression, names: Map<string, string>, add: Add): void {
  const { expression: callee, arguments: given } = call;
  const name = nameOf(callee, names);
  if (name !== null && callsBySlug.has(name)) {
    if (given[0] !== undefined) add(name, given[0]);
    return;
  }
  // staticPage("/landing", { "landing-hero-test": ["control", "benefit-focused"] })
  if (name === "staticPage") {
    if (given[1] !== undefined) add(name, given[1]);
    return;
  }
  // experiments().decide(identity, [{ slug }]), decideFor(subject, [slug]), and functions of the server's door
  const method =
    ts.isPropertyAccessExpression(callee) && isServed(callee.expression, names) ? callee.name.text : null;
  const label = method !== null ? `experiments().${method}` : name;
  if (method !== null && methodsOfSlugs.has(method)) {
    if (given[1] !== undefined) add(`experiments().${method}`, given[1]);
  } else if (label !== null && (method !== null || name === "trackConversion")) {
    for (const argument of given) for (const slug of slugPropertiesIn(argument)) add(label, slug);
  }
}

/** `experiments()`, under whichever name it was imported. */
function isServed(node: ts.Expression, names: Map<string, string>): boolean {
  return ts.isCallExpression(node) && nameOf(node.expression, names) === "experiments";
}

function readElement(element: ts.JsxOpeningLikeElement, names: Map<string, string>, add: Add): void {
  const name = nameOf(element.tagName, names);
  const wanted = name === null ? undefined : elements[name];
  if (wanted === undefined) return;
  for (const attribute of element.attributes.properties) {
    if (!ts.isJsxAttribute(attribute) || attribute.name.getText() !== wanted) continue;
    const { initializer } = attribute;
    if (initializer === undefined) continue;
    if (ts.isStringLiteral(initializer)) add(`<${name}>`, initializer);
    else if (ts.isJsxExpression(initializer) && initializer.expression !== undefined)
      add(`<${name}>`, initializer.expression);
  }
}

/** What the module that it comes from calls it: an alias and a namespace are looked through. */
function nameOf(node: ts.Node, names: Map<string, string>): string | null {
  if (ts.isIdentifier(node)) return names.get(node.text) ?? null;
  const isMember = ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression);
  return isMember && names.get(node.expression.getText()) === "*" ? node.name.getText() : null;
}

/** Local names by the imported ones, from modules about experiments; "*" is a whole module. */
function namesFromExperiments(source: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>();
  // Neighbours of one folder name each other without it.
  const isAboutExperiments = /experiment/i.test(path.basename(path.dirname(source.fileName)));
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (!isAboutExperiments && !/experiment/i.test(statement.moduleSpecifier.text)) continue;
    const { name, namedBindings } = statement.importClause ?? {};
    if (name !== undefined) names.set(name.text, name.text);
    if (namedBindings === undefined) continue;
    if (ts.isNamespaceImport(namedBindings)) names.set(namedBindings.name.text, "*");
    else
      for (const element of namedBindings.elements)
        names.set(element.name.text, (element.propertyName ?? element.name).text);
  }
  return names;
}

/** Each slug that an expression names: a text, a list, the keys of an object, either side of a choice, or the constant that holds one. */
function slugsIn(node: ts.Expression, lookup: Lookup, depth = 0): { node: ts.Node; slug: string | null }[] {
  if (ts.isStringLiteralLike(node)) return [{ node, slug: node.text }];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return slugsIn(node.expression, lookup, depth);
  if (ts.isArrayLiteralExpression(node))
    return node.elements.flatMap((element) => slugsIn(element, lookup, depth));
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(keyOf);
  if (ts.isSpreadElement(node)) return slugsIn(node.expression, lookup, depth);
  if (ts.isConditionalExpression(node))
    return [...slugsIn(node.whenTrue, lookup, depth), ...slugsIn(node.whenFalse, lookup, depth)];
  const constant = ts.isIdentifier(node) && depth < 5 ? lookup(node.text) : undefined;
  if (constant === undefined) return [{ node, slug: null }];
  return slugsIn(constant, lookup, depth + 1).map(({ slug }) => ({ node, slug }));
}

function keyOf({ name }: ts.ObjectLiteralElementLike): { node: ts.Node; slug: string | null }[] {
  if (name === undefined) return [];
  const isPlain = ts.isIdentifier(name) || ts.isStringLiteral(name);
  return [{ node: name, slug: isPlain ? name.text : null }];
}

function slugPropertiesIn(node: ts.Node): ts.Expression[] {
  if (ts.isPropertyAssignment(node) && slugProperties.has(node.name.getText())) return [node.initializer];
  if (ts.isShorthandPropertyAssignment(node) && slugProperties.has(node.name.text)) return [node.name];
  const found: ts.Expression[] = [];
  ts.forEachChild(node, (child) => void found.push(...slugPropertiesIn(child)));
  return found;
}
