"""Permissions 权限项: the words routes and moves use to say what they need."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing a role may be allowed to do. Keep alphabetised by value."""

    ACCOUNT_MANAGE = "account.manage"
    APPRAISAL_CLOSE = "appraisal.close"
    APPRAISAL_EXPORT = "appraisal.export"
    APPRAISAL_READ = "appraisal.read"
    BULLETIN_COMPILE = "bulletin.compile"
    BULLETIN_ISSUE = "bulletin.issue"
    BULLETIN_READ = "bulletin.read"
    BULLETIN_RECEIVE = "bulletin.receive"
    CALENDAR_AMEND = "calendar.amend"
    CHANNEL_MANAGE = "channel.manage"
    CHANNEL_READ = "channel.read"
    COLUMN_MANAGE = "column.manage"
    CREDIT_CONFIRM = "credit.confirm"
    CREDIT_ENTER = "credit.enter"
    EXCEPTION_PROPOSE = "exception.propose"
    FAULT_ANSWER = "fault.answer"
    FAULT_FIX = "fault.fix"
    FAULT_HANDLE = "fault.handle"
    FAULT_READ = "fault.read"
    FAULT_REPORT = "fault.report"
    FAULT_SIGN = "fault.sign"
    JOBS_READ = "jobs.read"
    MODEL_TEXT_MANAGE = "model_text.manage"
    NETWORK_MANAGE = "network.manage"
    NETWORK_READ = "network.read"
    PUBLISH = "publish"
    RELEASE = "release.record"
    RELEASE_REPORT = "release.report"
    RELEASE_CHANNEL_MANAGE = "release_channel.manage"
    REGISTER_IMPORT = "register.import"
    RECTIFICATION_ANSWER = "rectification.answer"
    RECTIFICATION_CHECK = "rectification.check"
    RECTIFICATION_OPEN = "rectification.open"
    RECTIFICATION_READ = "rectification.read"
    REMIND = "remind"
    REMINDER_READ = "reminder.read"
    REVIEW = "review"
    SCHEME_CONFIRM = "scheme.confirm"
    SCHEME_PROPOSE = "scheme.propose"
    SETTING_CONFIRM = "setting.confirm"
    SETTING_PROPOSE = "setting.propose"
    SITE_EXPORT = "site_export.make"
    SPOT_CHECK_CHECK = "spot_check.check"
    SPOT_CHECK_READ = "spot_check.read"
    SPOT_CHECK_RUN = "spot_check.run"
    STATISTICS_EXPORT = "statistics.export"
    STATISTICS_READ = "statistics.read"
    SUBMISSION_DRAFT = "submission.draft"
    SUBMISSION_READ = "submission.read"
    SUPERVISION_READ = "supervision.read"
    TERM_CONFIRM = "term.confirm"
    TERM_PROPOSE = "term.propose"
    TRAIL_READ = "trail.read"

    @property
    def label(self) -> str:
        """The permission in Chinese."""
        return LABELS[self]


P = Permission

LABELS = {
    P.ACCOUNT_MANAGE: "管理账户",
    P.APPRAISAL_CLOSE: "考核定稿",
    P.APPRAISAL_EXPORT: "导出年度考核",
    P.APPRAISAL_READ: "查看年度考核",
    P.BULLETIN_COMPILE: "编制通报",
    P.BULLETIN_ISSUE: "印发通报",
    P.BULLETIN_READ: "查看通报",
    P.BULLETIN_RECEIVE: "核对和签收通报",
    P.CALENDAR_AMEND: "维护工作日历",
    P.CHANNEL_MANAGE: "管理消息通道",
    P.CHANNEL_READ: "查看消息通道",
    P.COLUMN_MANAGE: "管理栏目",
    P.CREDIT_CONFIRM: "确认加减分",
    P.CREDIT_ENTER: "登记加减分",
    P.EXCEPTION_PROPOSE: "提出例外",
    P.FAULT_ANSWER: "说明差错",
    P.FAULT_FIX: "改正差错",
    P.FAULT_HANDLE: "办理差错",
    P.FAULT_READ: "查看差错台账",
    P.FAULT_REPORT: "登记差错",
    P.FAULT_SIGN: "复核差错改正",
    P.JOBS_READ: "查看后台任务",
    P.MODEL_TEXT_MANAGE: "管理范文",
    P.NETWORK_MANAGE: "管理单位和人员",
    P.NETWORK_READ: "查看单位和人员",
    P.PUBLISH: "发布",
    P.RELEASE: "登记渠道情况",
    P.RELEASE_REPORT: "报告渠道采用",
    P.RELEASE_CHANNEL_MANAGE: "管理发布渠道",
    P.REGISTER_IMPORT: "导入历史发布",
    P.RECTIFICATION_ANSWER: "报整改情况",
    P.RECTIFICATION_CHECK: "核查整改",
    P.RECTIFICATION_OPEN: "开具整改通知",
    P.RECTIFICATION_READ: "查看督促整改",
    P.REMIND: "催办",
    P.REMINDER_READ: "查看全镇时限",
    P.REVIEW: "审核",
    P.SCHEME_CONFIRM: "确认评分办法",
    P.SCHEME_PROPOSE: "提出评分办法",
    P.SETTING_CONFIRM: "确认设置",
    P.SETTING_PROPOSE: "提出设置",
    P.SITE_EXPORT: "制作静态页面",
    P.SPOT_CHECK_CHECK: "检查抽中的信息",
    P.SPOT_CHECK_READ: "查看抽查",
    P.SPOT_CHECK_RUN: "组织抽查",
    P.STATISTICS_EXPORT: "导出统计",
    P.STATISTICS_READ: "查看统计",
    P.SUBMISSION_DRAFT: "写稿报送",
    P.SUBMISSION_READ: "查看稿件",
    P.SUPERVISION_READ: "查看监督检查",
    P.TERM_CONFIRM: "确认校对词库",
    P.TERM_PROPOSE: "修改校对词库",
    P.TRAIL_READ: "查阅全部留痕",
}

# What a route may declare besides permissions.
PUBLIC = "public"
SIGNED_IN = "signed_in"
