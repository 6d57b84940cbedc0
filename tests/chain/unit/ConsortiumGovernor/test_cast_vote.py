from consortium import AGAINST, FOR, at, opened, put, resolution, vote, closed, decide, call_of, admission, hand_over, PARTNER, adopt, queue, execute
from reverts import refused
import brownie

def test_second_ballot_is_refused(consortium):
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))
    vote(consortium, question, for_=[1, 2], against=[3], abstain=[4])
    r = consortium.assembly.proposalVotes(question.id)
    print("RES", r, type(r), type(r[0]), tuple(r) == (1, 2, 1))
    t = consortium.assembly.tallyOf(question.id); print("RES", t, type(t), t.dict())
    for f in (lambda: consortium.assembly.castVote(question.id, FOR, {"from": consortium.wallet(3)}), lambda: consortium.assembly.castVote.call(question.id, FOR, {"from": consortium.wallet(3)}), lambda: consortium.assembly.state(5), lambda: consortium.registry.entitledAt(0, 2**47)):
        try: f(); print("RES none")
        except Exception as e: print("RES", type(e), getattr(e,'revert_msg',None), str(e)[:200])
    hand_over(consortium)
    tx = decide(consortium, call_of(consortium.registry, "admit", admission(11, PARTNER)))
    print("RES", tx.events.keys(), tx.gas_used)
    q = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")], "bafkreiabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz#proposer="+consortium.wallet(1).address)
    q= adopt(consortium, q)
    tx1 = queue(q, consortium.wallet(1)); tx2 = execute(q, consortium.wallet(1))
    print("RES q+e", tx1.gas_used, tx2.gas_used, tx1.gas_used+tx2.gas_used)
    for t in brownie.history:
        if t.fn_name in ("propose","castVote","found", "createBody", "rotateWallet"): print("RES gas", t.fn_name, t.gas_used)
    print("RES lens", consortium.lens.explain(consortium.assembly, q.id), consortium.lens.tallyByClass(consortium.assembly, q.id))
    from brownie import web3
    from collections import Counter
    for t in [x for x in brownie.history if x.fn_name in ("propose",)][-1:]:
        tr = web3.provider.make_request("debug_traceTransaction", [t.txid, {"disableMemory": True, "disableStack": False, "enableMemory": False}])["result"]["structLogs"]
        c = Counter(); n = Counter()
        for s in tr:
            c[(s["depth"], s["op"])] += s["gasCost"] if s["op"] not in ("CALL","STATICCALL","DELEGATECALL") else 0
            n[(s["depth"], s["op"])] += 1
        print("RES", t.fn_name, t.gas_used, len(t.input)//2, len(tr))
        for k, v in c.most_common(22): print("RES   ", k, v, n[k])
        by = Counter()
        for s in tr: by[s["depth"]] += s["gasCost"] if s["op"] not in ("CALL","STATICCALL","DELEGATECALL") else 0
        print("RES   ", by)
