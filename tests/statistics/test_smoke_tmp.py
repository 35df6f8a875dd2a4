def test_open(signed_in):
    c=signed_in("coordinator")
    for u in ("/statistics","/statistics?league=villages&sort=timely","/statistics/units/5","/statistics/items?measure=late","/statistics/items?measure=second-review","/statistics/people","/statistics/export.csv"):
        r=c.get(u); print(u,r.status_code,len(r.data))
        assert r.status_code==200, r.text[-3000:]
