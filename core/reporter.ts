import type { GrowRecord, MapRecord } from "./record.ts";
import type { BiasRecord, StudyRecord } from "./study_record.ts";

/** What a reporter can be given. */
export type RunRecord = MapRecord | GrowRecord | StudyRecord | BiasRecord;

/** A file to be written into the run folder. */
export interface ReportFile {
  /** Name without a folder. */
  readonly name: string;
  /** Its content. */
  readonly bytes: Uint8Array;
}

/** From a record to files. A reporter writes nothing itself: its caller does, atomically. */
export interface Reporter {
  /** What makes it one of its kind. */
  readonly kind: "reporter";
  /** In lower case, words joined by hyphens. */
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  /** The files for a record; none where it has nothing to say about that kind of record. */
  report(record: RunRecord): Promise<readonly ReportFile[]>;
}
