export const sampleDeal = { id: 1, point: 10 };
