import { solveModels } from '../solver/highs.ts';
import type { LinearModel } from '../store/world.ts';

/** Entry point of a worker thread: HiGHS does not give way while it works. */
export default (models: readonly LinearModel[]) => solveModels(models);
