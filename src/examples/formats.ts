/** The example formats, each a pure function of a trajectory. */
import type * as z from 'zod';
import type { Trajectory } from '../trajectory/record.ts';
import { agentTrajectoryFormat, agentTrajectoryRawFormat } from './agentTrajectory.ts';
import { nextEditFormat } from './nextEdit.ts';
import { repairFormat } from './repair.ts';

export interface ExampleFormat {
  name: string;
  schema: z.ZodObject;
  derive(record: Trajectory): readonly object[];
}

export const exampleFormats: readonly ExampleFormat[] = [
  nextEditFormat,
  agentTrajectoryFormat,
  agentTrajectoryRawFormat,
  repairFormat,
];
