import { createHash } from 'node:crypto';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files in an order of chance, by the seed that is printed, but one project after the other: a worker keeps what it has
 * loaded for its next file only where that file is of the same project.
 */
export class ProjectByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { seed } = this.ctx.config.sequence;
    const chance = (file: TestSpecification) => createHash('sha1').update(`${seed} ${file.moduleId}`).digest('hex');
    const projects = this.ctx.projects.map(({ name }) => name);
    const placeOf = (file: TestSpecification) => projects.indexOf(file.project.name);
    return files.toSorted((a, b) => placeOf(a) - placeOf(b) || chance(a).localeCompare(chance(b), 'en'));
  }
}
