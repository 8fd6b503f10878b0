import ts from "typescript";

/** What differs between two declaration files, as far as code can see: empty where nothing does. */
export function differences(present: string, wanted: string): string[] {
  const [before, after] = [entriesOf(present), entriesOf(wanted)];
  const slugs = [...new Set([...before.keys(), ...after.keys()])].sort();
  return slugs.flatMap((slug) => {
    const [old, now] = [before.get(slug), after.get(slug)];
    if (old === undefined) return [`${slug}: in the database, not in the file`];
    if (now === undefined) return [`${slug}: in the file, not in the database`];
    const changes = [
      ...old.filter((line) => !now.includes(line)).map((line) => `  - ${line}`),
      ...now.filter((line) => !old.includes(line)).map((line) => `  + ${line}`),
    ];
    return changes.length === 0 ? [] : [`${slug}:`, ...changes];
  });
}

/** By slug, one line for each thing that an entry says. Comments but `@deprecated` say nothing to a compiler. */
function entriesOf(text: string): Map<string, string[]> {
  const source = ts.createSourceFile("experiments.d.ts", text, ts.ScriptTarget.Latest, true);
  const entries = new Map<string, string[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === "ExperimentRegistry")
      for (const member of node.members) {
        if (ts.isPropertySignature(member) && member.type !== undefined)
          entries.set(nameOf(member), linesOf(member.type, ""));
      }
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return entries;
}

function linesOf(type: ts.TypeNode, at: string): string[] {
  // Payloads stay whole: "variants.banner: { … }" reads better than a line for each of their fields.
  const isTable = ts.isTypeLiteralNode(type) && (at === "" || at === "variants");
  if (!isTable) return [`${at}: ${printed(type)}`];
  return type.members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || member.type === undefined) return [printed(member)];
    const name = at === "" ? nameOf(member) : `${at}.${nameOf(member)}`;
    const isDeprecated = ts.getJSDocDeprecatedTag(member) !== undefined;
    return linesOf(member.type, name).map((line) => (isDeprecated ? `${line} (deprecated)` : line));
  });
}

function nameOf({ name }: ts.PropertySignature): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();
}

const printer = ts.createPrinter({ removeComments: true });

/** On one line and with no quotes that a name does not need, whichever way it was laid out. */
function printed(node: ts.Node): string {
  const { transformed } = ts.transform(node, [unquoteNames]);
  const text = printer.printNode(ts.EmitHint.Unspecified, transformed[0] ?? node, node.getSourceFile());
  return text.replaceAll(/\s+/g, " ").trim();
}

const unquoteNames: ts.TransformerFactory<ts.Node> = (context) => {
  const visit = (node: ts.Node): ts.Node => {
    const deep = ts.visitEachChild(node, visit, context);
    if (!ts.isPropertySignature(deep) || !ts.isStringLiteral(deep.name)) return deep;
    if (!/^[A-Za-z_$][\w$]*$/.test(deep.name.text)) return deep;
    const name = ts.factory.createIdentifier(deep.name.text);
    return ts.factory.updatePropertySignature(deep, deep.modifiers, name, deep.questionToken, deep.type);
  };
  return visit;
};
