"""Papers that are no annual report, though they speak of one, are told apart; nothing is read out of them."""

import pytest

from corpus.errors import GongkaiError
from corpus.parse.report import parse_document
from corpus.readers import read_document

YEARS = "".join(
    f"<li><a href='{y}.html'>昆岚市{body}{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-20</span></li>"
    for y in range(2015, 2024)
    for body in ("财政局", "教育局", "公安局")
)
ROWS = "".join(
    f"<tr><td>{i}</td><td>2023年政府信息公开工作年度报告</td><td>2024-01-{i:02d}</td></tr>" for i in range(1, 15)
)
PAPERS = {
    "guide": """昆岚市财政局政府信息公开指南

根据《中华人民共和国政府信息公开条例》，编制本指南。

一、主动公开

（一）公开范围：本机关主动公开第二十条规定的信息。

二、依申请公开

申请人可以当面、信函、传真、网络提出申请，本机关收到申请之日起20个工作日内答复。

三、监督和救济

可以依法申请行政复议或者提起行政诉讼。
2023年5月1日
""",
    "notice": """昆岚市人民政府办公室关于做好2023年政府信息公开工作年度报告编制发布工作的通知

各县（区）人民政府，市政府各部门：

一、总体要求
严格按照规定格式编制。

二、主要内容
（一）总体情况。（二）主动公开政府信息情况。（三）收到和处理政府信息公开申请情况。（四）行政复议、行政诉讼情况。

三、时间安排
2024年1月31日前公布。
""",
    "news": """昆岚市财政局发布2023年政府信息公开工作年度报告

日前，昆岚市财政局发布2023年政府信息公开工作年度报告。报告显示，2023年全局共收到政府信息公开申请12件，其中不予公开2件。
""",
    "explanation": """《昆岚市2023年政府信息公开工作年度报告》解读

一、编制背景
根据条例第四十九条。

二、主要内容
报告包括总体情况、主动公开政府信息情况等六个部分。2023年收到申请120件，予以公开60件。
""",
    "rule of law": """昆岚市2023年法治政府建设年度报告

一、总体情况

2023年，我市深入推进法治政府建设。

二、主动公开情况

全年受理行政复议申请120件。

三、存在的主要问题及改进措施

四、其他需要报告的事项
无。
""",
    "evaluation": """昆岚市2023年政务公开第三方评估报告

一、总体情况

本次评估对象为50家单位。

二、主动公开情况

三、依申请公开情况

四、存在的主要问题及改进建议
""",
    "work summary": """昆岚市财政局2023年政务公开工作总结

一、主动公开情况

主动公开政府信息120条。

二、依申请公开情况

收到申请3件。
""",
    "half a year": """昆岚市2023年政府信息公开申请办理情况统计表（1—6月）

收到申请数 12件
予以公开 3件
不予公开 2件
""",
    "list": f"<html><head><title>政府信息公开年报</title></head><body><ul>{YEARS}</ul><p>共 27 条记录</p></body></html>",
    "catalogue": f"<html><head><title>昆岚市政府信息公开目录</title></head><body><h1>目录</h1><table>{ROWS}</table></body></html>",
    "form": "<html><body><h1>政府信息公开申请表</h1><table><tr><td rowspan=2>申请人信息</td><td>公民</td><td>姓名</td><td></td></tr>"
    "<tr><td>法人或其他组织</td><td>名称</td><td></td></tr><tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td>"
    "<td>法律服务机构</td><td>其他</td></tr></table></body></html>",
    "only attached": "<html><head><title>昆岚市财政局2023年政府信息公开工作年度报告</title></head><body>"
    "<h1>昆岚市财政局2023年政府信息公开工作年度报告</h1><p>发布日期：2024-01-20</p>"
    "<p>附件：<a href='a.pdf'>昆岚市财政局2023年政府信息公开工作年度报告.pdf</a></p></body></html>",
}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_about_reports_is_none(paper: str) -> None:
    with pytest.raises(GongkaiError) as refused:
        parse_document(read_document(PAPERS[paper].encode(), paper))
    assert refused.value.code == "not_a_report"
