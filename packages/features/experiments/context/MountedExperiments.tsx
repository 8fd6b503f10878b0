"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { mountTransport } from "../lib/client/mount-transport";
import { ExperimentContextProvider, type ExperimentContextProviderProps } from "./ExperimentContext";
import { useOwnVisitor } from "./useOwnVisitor";

export interface MountedExperimentsProps extends ExperimentContextProviderProps {
  /** Where the route handler is. */
  apiPath: string;
  /** The browser's visitor is somebody else's: it gets one of its own. */
  isOthersVisitor?: boolean;
}

// It needs Next's router, and configurations are imported by scripts without Next too. What does not load is left out.
const FreshAnswers = lazy(() =>
  import("./FreshAnswers").then(
    (loaded) => ({ default: loaded.FreshAnswers }),
    () => ({ default: () => null }),
  ),
);

/** The browser's half of a host's provider: the hooks know the server's answers, and where to ask and report. */
export function MountedExperiments({ apiPath, isOthersVisitor = false, ...props }: MountedExperimentsProps) {
  const { stamp = null } = props;
  // Before any effect of the page: it may report at once.
  useState(() => mountTransport(apiPath));
  const [isInBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  useOwnVisitor(isOthersVisitor, `${apiPath}/visitor`);
  return (
    <>
      <ExperimentContextProvider {...props} />
      {isInBrowser && stamp !== null && (
        <Suspense fallback={null}>
          <FreshAnswers stamp={stamp} apiPath={apiPath} />
        </Suspense>
      )}
    </>
  );
}
