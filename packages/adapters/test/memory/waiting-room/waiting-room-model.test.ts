import { describeWaitingRoomModel } from '@frontrow/application/contracts/waiting-room/waiting-room-model.contract.ts';
import { createMemoryTestPorts } from '../memory-test-ports.ts';

describeWaitingRoomModel('memory', async () => {
  let now = 0;
  return {
    ports: createMemoryTestPorts({ now: () => now }),
    setTime: async (_, moment) => void (now = moment),
    lose: null,
    close: async () => undefined,
  };
});
