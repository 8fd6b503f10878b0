import fc from "fast-check";

// The seed stands in the name of a property, by which Stryker finds it again. What a mutant breaks shows in the first
// cases, or in none. A property that is interrupted before its first case fails, so that has to be enough for one.
fc.configureGlobal({ seed: 1, numRuns: 30, interruptAfterTimeLimit: 500, markInterruptAsFailure: false });
