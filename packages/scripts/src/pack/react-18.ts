import type { BuiltModule } from "./built-module";

/** What React 18.2 has and a component asks for. The names that React 19 added are not among them. */
const KNOWN = new Set(
  `Children Component Fragment Profiler PureComponent StrictMode Suspense cloneElement createContext createElement
  createRef forwardRef isValidElement lazy memo startTransition useCallback useContext useDebugValue useDeferredValue
  useEffect useId useImperativeHandle useInsertionEffect useLayoutEffect useMemo useReducer useRef useState
  useSyncExternalStore useTransition version`.split(/\s+/),
);

const NAMED = /\bimport (?:\w+, )?\{([^}]*)\} from "react"/g;
const WHOLE = /\bimport (\w+)(?:, \{[^}]*\})? from "react"/g;
const SPACE = /\bimport \* as (\w+) from "react"/;
/** `<SomeContext value>`: in React 18 it is a consumer, and breaks the page. */
const CONTEXT = /\bjsxs?\((\w*Context),/g;

/** Where a module asks React for what only 19 has, a line for each. */
export function findNewerReact(modules: readonly Pick<BuiltModule, "place" | "code">[]): string[] {
  return modules.flatMap(({ place, code }) => [
    ...namesIn(code)
      .filter((name) => !KNOWN.has(name))
      .map((name) => `${place} uses \`${name}\``),
    ...[...code.matchAll(WHOLE)].map(
      ([, name]) => `${place} imports all of React as ${name}: name what it needs`,
    ),
    ...membersIn(code)
      .filter((name) => !KNOWN.has(name))
      .map((name) => `${place} uses \`${name}\``),
    ...[...code.matchAll(CONTEXT)].map(([, name]) => `${place} renders <${name}> without .Provider`),
  ]);
}

/** What is used of `import * as React`. */
function membersIn(code: string): string[] {
  const space = SPACE.exec(code)?.[1];
  if (space === undefined) return [];
  return [...code.matchAll(new RegExp(`\\b${space}\\.(\\w+)`, "g"))].flatMap(([, name]) => name ?? []);
}

function namesIn(code: string): string[] {
  return [...code.matchAll(NAMED)].flatMap(([, names = ""]) =>
    names
      .split(",")
      .map((name) => name.trim().split(" ")[0] ?? "")
      .filter((name) => name !== ""),
  );
}
