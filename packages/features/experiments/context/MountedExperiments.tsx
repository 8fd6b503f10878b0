"use client";

import { useState } from "react";
import { mountTransport } from "../lib/client/mount-transport";
import { ExperimentContextProvider, type ExperimentContextProviderProps } from "./ExperimentContext";

export interface MountedExperimentsProps extends ExperimentContextProviderProps {
  /** Where the route handler is. */
  apiPath: string;
}

/** The browser's half of a host's provider: the hooks know the server's answers, and where to ask and report. */
export function MountedExperiments({ apiPath, ...props }: MountedExperimentsProps) {
  // Before any effect of the page: it may report at once.
  useState(() => mountTransport(apiPath));
  return <ExperimentContextProvider {...props} />;
}
