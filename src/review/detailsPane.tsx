import type { Trajectory } from '../trajectory/record.ts';
import { t } from './l10n.ts';
import { Fact } from './stepPane.tsx';
import { basisText, outcomeText } from './stepText.ts';

/** All else that a trainer is told of the record. */
export function DetailsPane({ record }: { record: Trajectory }) {
  const { consent, environment, files, license, outcome, quality, producer, period } = record;
  const uses = Object.entries(consent.uses).flatMap(([use, isGranted]) => (isGranted ? [use] : []));
  const tools = environment.tools.map(({ name, version }) => (version === null ? name : `${name} ${version}`));
  const none = '–';
  return (
    <section class="scroll details" aria-label={t('Details')}>
      <h2>{t('Outcome')}</h2>
      <dl>
        <Fact name={t('Status')} value={`${outcomeText(outcome.status, t)}, ${basisText(outcome.basis, t)}`} />
        <Fact
          name={t('Shown by steps')}
          value={outcome.evidence.map((index) => String(index + 1)).join(', ') || none}
        />
        {outcome.tests.map(({ name, before, after, flaky }) => (
          <Fact
            key={name}
            name={name}
            value={`${before ?? none} → ${after ?? none}${flaky ? `, ${t('flaky')}` : ''}`}
          />
        ))}
        <Fact name={t('Edits')} value={String(quality.edits)} />
        <Fact
          name={t('Stood at the end')}
          value={t('{0} of {1}', String(quality.edits_surviving_end), String(quality.edits_inserting))}
        />
      </dl>
      <h2>{t('Use')}</h2>
      <dl>
        <Fact name={t('Allowed for')} value={uses.join(', ') || t('no use')} />
        <Fact name={t('Right to share')} value={consent.rights_basis.replaceAll('_', ' ')} />
        <Fact name={t('Licence of the workspace')} value={license.spdx ?? t('none found')} />
        <Fact name={t('Policy')} value={consent.policy_version ?? none} />
      </dl>
      <h2>{t('Environment')}</h2>
      <dl>
        <Fact name={t('Tools')} value={tools.join(', ') || none} />
        <Fact name={t('Package manager')} value={environment.package_manager ?? none} />
        <Fact name={t('Repository')} value={environment.repo ?? t('not told')} />
        <Fact name={t('Recorded')} value={`${period}, VS Code ${producer.vscode}, ${producer.platform}`} />
        <Fact name={t('Record')} value={record.trajectory_id} />
      </dl>
      <h2>{t('Files')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('Path')}</th>
            <th scope="col">{t('Role')}</th>
            <th scope="col">{t('Language')}</th>
            <th scope="col">{t('Licence')}</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ file_id, path, role, language, license_spdx }) => (
            <tr key={file_id}>
              <td class="code">{path}</td>
              <td>{role}</td>
              <td>{language ?? none}</td>
              <td>{license_spdx ?? none}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
