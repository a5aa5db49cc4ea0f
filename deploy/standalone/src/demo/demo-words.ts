/** The languages the demo speaks. */
export type Language = 'en' | 'ko';

/** Everything the demo says, in both languages. */
export const WORDS = {
  en: {
    heading: 'OnePoint: the scenario it was born from, against the running system',
    join: 'Two people join',
    save: 'A purchase of 100,000 won earns 1,000 points, and is cancelled',
    use: 'Another purchase, then 100 points are spent',
    tooMuch: 'Spending 10,000 points fails: the deal is recorded and says so',
    again: 'One more purchase earns 1,000 points',
    second: 'The second member earns 1,000 and spends 200 twice',
    settle: 'The merchant is settled: used points less 2 %',
    settledOnce: 'Asked again, nothing is settled twice',
    settled: 'Deal and dashboard say that the used points are settled',
    leave: 'The first member leaves: what is left is extinguished',
    points: 'points of member',
    view: 'view of deal',
    noView: 'no view of a failed deal',
    allGood: 'Everything came out as it should.',
    wrong: 'Something did not come out as it should: see the lines marked ✗.',
    unreachable: 'OnePoint does not answer. Start it first: npm start',
    after: 'after',
  },
  ko: {
    heading: 'OnePoint: 씨앗 시나리오를 실행 중인 시스템에서 그대로 따라갑니다',
    join: '두 사람이 회원으로 가입합니다',
    save: '100,000원 구매로 1,000포인트를 적립하고, 취소합니다',
    use: '다시 구매하여 적립한 뒤 100포인트를 사용합니다',
    tooMuch: '10,000포인트 사용은 실패하고, 실패한 거래로 기록됩니다',
    again: '한 번 더 구매하여 1,000포인트를 적립합니다',
    second: '두 번째 회원이 1,000포인트를 적립하고 200포인트씩 두 번 사용합니다',
    settle: '가맹점을 정산합니다: 사용 포인트에서 2 %를 뺍니다',
    settledOnce: '다시 요청해도 두 번 정산되지 않습니다',
    settled: '거래와 대시보드에 정산 완료로 표시됩니다',
    leave: '첫 번째 회원이 탈퇴합니다: 남은 포인트는 소멸됩니다',
    points: '회원 포인트',
    view: '거래 조회',
    noView: '실패한 거래는 조회되지 않습니다',
    allGood: '모든 결과가 기대한 대로입니다.',
    wrong: '기대와 다른 결과가 있습니다: ✗ 표시를 보세요.',
    unreachable: 'OnePoint가 응답하지 않습니다. 먼저 npm start 를 실행하세요',
    after: '경과',
  },
} as const;

/** The words of one language. */
export type Words = { readonly [Name in keyof (typeof WORDS)['en']]: string };
