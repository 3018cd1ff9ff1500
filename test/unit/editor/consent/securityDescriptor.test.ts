import assert from 'node:assert/strict';
import { isAdministratorsOwn } from '../../../../src/editor/consent/securityDescriptor.ts';

const own = 'O:BAG:SYD:';

describe('isAdministratorsOwn', () => {
  it('takes what administrators and the system alone can change', () => {
    for (const sddl of [
      `${own}PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1200a9;;;BU)`,
      `${own}AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FR;;;BU)(A;OICIIOID;GA;;;CO)`,
      `O:SYG:SYD:(D;;FW;;;WD)(A;;FRFX;;;WD)`,
      'O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:P(A;;FA;;;BA)S:(ML;;NW;;;LW)',
    ])
      assert.equal(isAdministratorsOwn(sddl), true, sddl);
  });

  it('takes nothing that anybody else owns or can change, and nothing that it does not understand', () => {
    for (const sddl of [
      'O:S-1-5-21-1-2-3-1001G:SYD:(A;;FA;;;BA)',
      `${own}(A;;FA;;;BA)(A;;FW;;;BU)`,
      `${own}(A;;FA;;;BA)(A;;0x1201bf;;;AU)`,
      `${own}(A;OICI;DCLCRPCR;;;BU)`,
      `${own}(A;;WD;;;S-1-5-21-1-2-3-1001)`,
      `${own}(A;;FRSD;;;BU)`,
      `${own}(XA;;FR;;;BU;(Exists x))`,
      `${own}(A;;nonsense;;;BU)`,
      `${own}`,
      '',
      `O:BAG:SYD:NO_ACCESS_CONTROL`,
    ])
      assert.equal(isAdministratorsOwn(sddl), false, sddl);
  });
});
