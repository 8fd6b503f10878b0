-- Rows stand in the table about in the order in which they were written: an index of its stretches is small, and
-- costs next to nothing.
CREATE INDEX CONCURRENTLY "ExperimentVariant_written_idx" ON "ExperimentVariant" USING brin ("insertedIn", "exposedIn") WITH (pages_per_range = 16, autosummarize = on);
