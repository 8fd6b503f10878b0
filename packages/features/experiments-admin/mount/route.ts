"use client";

import { useParams, usePathname } from "next/navigation";

export interface Route {
  /** Where the application has mounted the pages, without a slash at its end. */
  root: string;
  /** The parts of the address behind it. */
  path: string[];
}

/** Reads the address of a catch-all page: its parameter, of whatever name, is the only one that is a list. */
export function useRoute(): Route {
  const pathname = usePathname();
  const params = useParams();
  return readRoute(pathname, Object.values(params ?? {}).find(Array.isArray) ?? []);
}

export function readRoute(pathname: string, path: readonly string[]): Route {
  const parts = pathname.replace(/\/+$/, "").split("/");
  return { root: parts.slice(0, parts.length - path.length).join("/"), path: path.map(decode) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export type Page =
  | {
      name:
        | "list"
        | "new"
        | "activity"
        | "people"
        | "lookup"
        | "calendar"
        | "metrics"
        | "newMetric"
        | "checklist"
        | "flags"
        | "unknown";
    }
  | { name: "detail" | "edit" | "report"; slug: string }
  | { name: "metric" | "editMetric"; key: string };

/** Which page an address means. */
export function pageAt(path: readonly string[]): Page {
  const [first, second, third, ...rest] = path;
  if (first === undefined) return { name: "list" };
  if (first === "-") return pageBesideSlugs(path.slice(1));
  if (rest.length > 0) return { name: "unknown" };
  if (third !== undefined) return { name: "unknown" };
  if (second === "edit") return { name: "edit", slug: first };
  if (second !== undefined) return { name: "unknown" };
  if (first === "new" || first === "activity" || first === "people") return { name: first };
  return { name: "detail", slug: first };
}

function pageBesideSlugs([name, of, action, ...rest]: string[]): Page {
  if (rest.length > 0) return { name: "unknown" };
  if (name === "metrics" && of !== undefined && of !== "new")
    return action === undefined || action === "edit"
      ? { name: action === undefined ? "metric" : "editMetric", key: of }
      : { name: "unknown" };
  if (action !== undefined) return { name: "unknown" };
  if (name === "report" && of !== undefined) return { name: "report", slug: of };
  if (name === "metrics") return { name: of === undefined ? "metrics" : "newMetric" };
  if (of !== undefined) return { name: "unknown" };
  if (name === "people") return { name: "lookup" };
  return { name: name === "checklist" || name === "calendar" || name === "flags" ? name : "unknown" };
}
