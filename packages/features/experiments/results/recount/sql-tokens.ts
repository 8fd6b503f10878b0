export interface Token {
  text: string;
  /** Whether whitespace precedes it. */
  isApart: boolean;
}

/** Parentheses, or CASE to END: `text` is what opens it. */
interface Group extends Token {
  inner: Node[];
  close: string;
}

export type Node = Token | Group;

const LEXEME = new RegExp(
  [
    /--[^\n]*/, // a comment, which ends with its line
    /\/\*[\s\S]*?\*\//,
    /\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/, // a string between dollars
    /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/,
    /'(?:[^']|'')*'(?:\s*\n\s*'(?:[^']|'')*')*/, // a string may go on in the next line
    /"(?:[^"]|"")*"/,
    /[\w$]+/,
    /[(),;]/,
    /[^\s\w"'(),;$]/,
    /[\s\S]/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "y",
);

/** The tokens that PostgreSQL sees: two statements with the same tokens are the same statement. */
export function tokenize(statement: string): Token[] {
  const tokens: Token[] = [];
  const lexeme = new RegExp(LEXEME);
  let isApart = false;
  for (let match = lexeme.exec(statement); match !== null; match = lexeme.exec(statement)) {
    const [text] = match;
    if (text.trim() === "") isApart = true;
    else {
      tokens.push({ text, isApart });
      isApart = false;
    }
  }
  return tokens;
}

const CLOSES: Record<string, string> = { "(": ")", CASE: "END" };

export function groupTokens(tokens: readonly Token[]): Node[] {
  const top: Node[] = [];
  const open: Group[] = [];
  for (const token of tokens) {
    const group = open.at(-1);
    const word = token.text.toUpperCase();
    if (group !== undefined && word === CLOSES[group.text.toUpperCase()]) {
      group.close = token.text;
      open.pop();
      continue;
    }
    const node = word in CLOSES ? { ...token, inner: [], close: "" } : token;
    (group?.inner ?? top).push(node);
    if ("inner" in node) open.push(node);
  }
  return top;
}
