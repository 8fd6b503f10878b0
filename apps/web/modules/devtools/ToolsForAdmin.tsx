"use client";

import { useEffect } from "react";
import { wantTools } from "./tools-wanted";

/** Rendered by the server for whoever may use the tools. */
export function ToolsForAdmin() {
  useEffect(wantTools, []);
  return null;
}
