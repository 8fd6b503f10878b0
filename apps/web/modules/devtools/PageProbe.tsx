"use client";

import type { ExperimentAnswer } from "@calcom/features/experiments";
import { ExperimentContext } from "@calcom/features/experiments/context/ExperimentContext";
import { useContext, useEffect } from "react";
import { showPart } from "./page-registry";

/** Tells the developer's tools, which stand outside of every page, what the page around it shows. */
export function PageProbe({ answers }: { answers: ExperimentAnswer[] }) {
  const { store } = useContext(ExperimentContext);
  useEffect(() => showPart({ answers, store }), [answers, store]);
  return null;
}
